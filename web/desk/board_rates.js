// The figures of the board that only the server can count: how soon people answered today (S3 服务指标).

const NONE = "—";

/**
 * @param {object | null} board the frame `board`
 * @returns {{key: string, label: string, text: string, bad: boolean, title: string}[]}
 */
export function ratesOf(board) {
  const { rates, targets } = board ?? {};
  const quick = targets ? `首答 ${targets.quick_seconds} 秒内` : "首答及时";
  const limit = targets ? `${minutes(targets.limit_seconds)}内` : "时限内";
  const seen = rates ? `今日转人工 ${rates.asked}，已答复 ${rates.answered}` : "";
  return [
    { key: "emergencies", label: "险情", text: board ? String(board.emergencies) : NONE, bad: (board?.emergencies ?? 0) > 0, title: "还没有人接警或没有派单的险情" },
    { key: "left", label: "留言", text: board ? String(board.queue.left) : NONE, bad: false, title: "还没有人处理的离线留言" },
    { key: "quick", label: quick, text: percent(rates?.quick), bad: below(rates?.quick, targets?.quick), title: `${seen}；目标不低于 ${percent(targets?.quick)}` },
    { key: "in_limit", label: limit, text: percent(rates?.in_limit), bad: below(rates?.in_limit, 1), title: seen },
    { key: "at_all", label: "答复率", text: percent(rates?.at_all), bad: below(rates?.at_all, 1), title: `${seen}；目标 100%` },
  ];
}

/** Rounded down: 99.9 % is not all. */
function percent(share) {
  return share === null || share === undefined ? NONE : `${Math.floor(share * 100 + 1e-9)}%`;
}

function below(share, target) {
  return typeof share === "number" && typeof target === "number" && share < target;
}

function minutes(seconds) {
  return seconds % 60 === 0 ? `${seconds / 60} 分钟` : `${seconds} 秒`;
}
