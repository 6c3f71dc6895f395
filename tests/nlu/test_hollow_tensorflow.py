import importlib
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from assistant import hollow_tensorflow
from assistant.hollow_tensorflow import HollowFinder, TensorFlowLeftOut


@pytest.fixture
def finder() -> Iterator[HollowFinder]:
    finder = hollow_tensorflow.install()
    yield finder
    sys.meta_path.remove(finder)
    for name in [name for name in sys.modules if name.partition(".")[0] in hollow_tensorflow.PACKAGES]:
        del sys.modules[name]


def load(name: str) -> Any:
    return importlib.import_module(name)


#: As Rasa's own modules use it: base classes, annotations, decorators with and without arguments, constants.
RASA_LIKE = """
from typing import Optional, Union
import tensorflow as tf
import tensorflow_addons as tfa
from tensorflow.keras.utils import tf_utils

class Layer(tf.keras.layers.Layer):
    @tf.function(experimental_relax_shapes=True)
    def call(self, inputs: tf.Tensor | None, more: Optional[Union[tf.Tensor, tf.SparseTensor]] = None) -> "tf.Tensor":
        return "the method itself"

    @tf.function
    def other(self) -> None: ...

class Attention(tfa.seq2seq.Attention): ...
"""


def test_modules_that_need_tensorflow_can_be_defined(finder: HollowFinder) -> None:
    module: dict[str, Any] = {}
    exec(RASA_LIKE, module)
    assert module["Layer"].call(None, None) == "the method itself"
    assert issubclass(module["Attention"], hollow_tensorflow.Hollow)
    assert module["tf"].__version__


def test_using_one_says_how_to_get_the_real_tensorflow(finder: HollowFinder) -> None:
    module: dict[str, Any] = {}
    exec(RASA_LIKE, module)
    finder.seal()
    for use in (module["Layer"], module["Attention"], module["tf"].constant, module["Layer"].other):
        with pytest.raises(TensorFlowLeftOut, match="GASDESK_TENSORFLOW=1"):
            use()


def test_other_packages_are_left_alone(finder: HollowFinder) -> None:
    assert finder.find_spec("tensorflowish", None) is None
    assert finder.find_spec("json", None) is None
    with pytest.raises(ModuleNotFoundError):
        load("no_such_package")
