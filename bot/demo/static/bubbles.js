// What is inside a bubble: text with its links, and pictures.
// Links are made from text that looks like one, never from markup.
import { make } from "/static/panel.js";

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** The text in pieces, its links as elements. */
export function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(from, match.index));
    const link = make("a", "", match[0].replace(/^https?:\/\//, ""));
    link.href = match[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    parts.push(link);
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

/** A picture that came with a message; `loaded` is called once its size is known. */
export function picture({ id, alt }, loaded) {
  const image = make("img", "picture");
  image.alt = alt;
  image.addEventListener("load", loaded);
  image.src = `/api/media/${id}`;
  return image;
}
