// The sheet while it is filled in: what it comes to. The server works it out again and decides.

/**
 * @param {{points: number, fatal: boolean, times: number}[]} items
 * @returns {{score: number, lost: number, fatal: boolean}}
 */
export function totalOf(items, fullMarks) {
  const found = items.filter(({ times }) => times > 0);
  const lost = found.reduce((sum, { points, times }) => sum + points * times, 0);
  const fatal = found.some((item) => item.fatal);
  return { score: fatal ? 0 : Math.max(0, fullMarks - lost), lost, fatal };
}

export function totalText({ score, lost, fatal }) {
  if (fatal) return "得分 0 分：有一票否决项";
  return lost ? `得分 ${score} 分，共扣 ${lost} 分` : `得分 ${score} 分，没有扣分`;
}

/** The company's criteria, and those of the sheet that the company has given up since; each with what was found. */
export function itemsOf(criteria, deductions) {
  const found = new Map(deductions.map((each) => [each.key, each]));
  const known = new Set(criteria.map(({ key }) => key));
  const given = criteria.map((each) => ({ ...each, ...(found.get(each.key) ?? { times: 0, remark: "" }), group: each.group }));
  const old = deductions.filter(({ key }) => !known.has(key)).map((each) => ({ ...each, group: "原评分项" }));
  return [...given, ...old];
}

/** By heading, in the order of the company's file. @returns {[string, object[]][]} */
export function byGroup(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}
