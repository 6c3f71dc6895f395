// A photo small enough for a slow network, without the place it was taken at, in a format every browser shows.

const LONGEST = 1920; // pixels: a meter's figures stay legible
const SMALL = 600 * 1024; // bytes
const QUALITY = 0.85;
const PHOTOS = /^image\/(jpeg|png|webp|heic|heif)$/;

/** @param {File} file @returns {Promise<Blob>} the file itself where the browser cannot, or when it would gain nothing */
export async function shrunk(file) {
  if (!PHOTOS.test(file.type) || file.size <= SMALL) return file;
  try {
    const smaller = await redrawn(await createImageBitmap(file));
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file;
  }
}

function redrawn(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const ground = canvas.getContext("2d");
  ground.fillStyle = "#ffffff"; // or what is transparent would become black
  ground.fillRect(0, 0, canvas.width, canvas.height);
  ground.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
