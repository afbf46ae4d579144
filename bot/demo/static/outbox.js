// The side panel's first part: who answers this shopper, what waits for them and why, what the governor said.
// Every text is set through textContent.
import { make } from "/static/panel.js";

const STATES = {
  pending: "waits", sending: "is being sent", in_doubt: "may be at X", sent: "sent", refused: "refused",
  expired: "came too late",
};

/** A moment for people: the time today, else with its day. */
function told(iso) {
  const when = new Date(iso);
  const time = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (when.toDateString() === new Date().toDateString()) return time;
  return `${when.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" })}, ${time}`;
}

function silence({ why, until }) {
  if (why === "stopped") return "They said STOP: nothing is written to them until START.";
  if (why === "colleague") return `A colleague wrote here: the bot is silent until ${told(until)}, or until “start over”.`;
  if (why === "person") return "They asked for a person: the bot is silent until “start over”.";
  if (why === "paused") return `Too many answers in a short time: the bot is silent until ${told(until)}.`;
  return "The bot answers here.";
}

function counts({ sent, sends }) {
  const open = sends.filter((send) => ["pending", "sending", "in_doubt"].includes(send.state)).length;
  return `${sent} sent, ${open || "none"} on the way.`;
}

/** The governor's sentences. A wait is kept as a wish for later, so why it began stands in the sentence kept with it. */
function why({ state, reason, sentence, now }) {
  if (state === "sent") return [];
  const waits = state === "pending" && sentence && !now[0]?.startsWith("never");
  if (waits) return [sentence, ...now.slice(1)];
  return now.length ? now : [sentence || reason].filter(Boolean);
}

function row(send) {
  const item = make("li", send.state);
  const head = make("p", "head");
  const never = send.now[0]?.startsWith("never");  // it ends when it is next looked at
  const state = never ? "will not go" : STATES[send.state] || send.state;
  head.append(make("span", "", `${send.department}, ${send.purpose}`), make("span", "state", state));
  item.append(head, make("p", "said", send.text), ...why(send).map((sentence) => make("p", "why", sentence)));
  if (send.due) item.append(make("p", "about", `Looked at next: ${told(send.due)}`));
  return item;
}

let shown = "";

/** Show where a shopper stands; what is unchanged is left alone, so that nothing is read out twice. */
export function showStanding(places, standing) {
  const now = JSON.stringify(standing);
  if (now === shown) return;
  shown = now;
  places.silence.textContent = silence(standing.silence);
  places.silence.classList.toggle("quietly", standing.silence.why !== "");
  places.counts.textContent = counts(standing);
  places.sends.replaceChildren(...standing.sends.map(row));
}
