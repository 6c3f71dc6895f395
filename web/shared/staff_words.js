// What the codes of staff are called, on every page of the staff.

export const ROLES = { agent: "坐席", lead: "班长", inspector: "质检员", admin: "管理员" };
export const PRESENCES = { online: "在线", busy: "置忙", away: "离开", offline: "下线" };
