/**
 * Reads the part of XML that annotation files use: elements, text, comments, the five named entities and numeric ones.
 * Attributes are passed over; a DOCTYPE or CDATA is refused. (DOMParser is not there in a worker.)
 */
export interface XmlNode {
  readonly name: string;
  readonly children: readonly XmlNode[];
  /** The text directly inside, trimmed. */
  readonly text: string;
  readonly line: number;
}

export interface XmlFault {
  readonly line: number;
  readonly reason: string;
}

interface OpenNode {
  readonly name: string;
  readonly children: OpenNode[];
  text: string;
  readonly line: number;
}

/** The root element, or what is wrong and where. */
export function parseXml(text: string): XmlNode | XmlFault {
  const top: OpenNode = {name: "", children: [], text: "", line: 1};
  const open: OpenNode[] = [top];
  let [at, line] = [0, 1];
  const fault = (reason: string): XmlFault => ({line, reason});
  while (at < text.length) {
    const token = nextToken(text, at);
    const node = open.at(-1)!;
    if ("reason" in token) return fault(token.reason);
    if (token.kind === "text") {
      const decoded = decode(token.body);
      if (decoded === null) return fault("an & that begins no entity known here");
      if (node === top && decoded.replace("\uFEFF", "").trim() !== "") return fault("text outside of the root element");
      node.text += decoded;
    } else if (token.kind === "close") {
      if (node === top || node.name !== token.body) {
        return fault(`</${token.body}> closes ${node === top ? "nothing" : `<${node.name}> of line ${node.line}`}`);
      }
      node.text = node.text.trim();
      open.pop();
    } else if (token.kind !== "comment") {
      if (node === top && top.children.length > 0) return fault("a second root element");
      const child: OpenNode = {name: token.body, children: [], text: "", line};
      node.children.push(child);
      if (token.kind === "open") open.push(child);
    }
    for (let i = at; i < token.end; i++) if (text.charCodeAt(i) === 10) line++;
    at = token.end;
  }
  if (open.length > 1) return fault(`<${open.at(-1)!.name}> of line ${open.at(-1)!.line} is not closed`);
  return top.children[0] ?? fault("no element");
}

interface Token {
  readonly kind: "text" | "open" | "empty" | "close" | "comment";
  readonly body: string;
  readonly end: number;
}

function nextToken(text: string, at: number): Token | {readonly reason: string} {
  if (text[at] !== "<") {
    const end = text.indexOf("<", at);
    return {kind: "text", body: text.slice(at, end < 0 ? text.length : end), end: end < 0 ? text.length : end};
  }
  for (const [begin, close] of [["<!--", "-->"], ["<?", "?>"]] as const) {
    if (!text.startsWith(begin, at)) continue;
    const end = text.indexOf(close, at + begin.length);
    return end < 0 ? {reason: `${begin} is not closed by ${close}`} : {kind: "comment", body: "", end: end + close.length};
  }
  const end = text.indexOf(">", at);
  if (end < 0) return {reason: "a < without its >"};
  const inside = text.slice(at + 1, end);
  if (inside.startsWith("!")) return {reason: "a DOCTYPE or CDATA section, which is not read here"};
  const name = /^\/?[A-Za-z_][\w.:-]*/.exec(inside)?.[0];
  if (name === undefined) return {reason: `<${inside.slice(0, 20)}> is no tag`};
  if (name.startsWith("/")) {
    if (inside.slice(name.length).trim() !== "") return {reason: `<${inside.slice(0, 20)}> is no closing tag`};
    return {kind: "close", body: name.slice(1), end: end + 1};
  }
  return {kind: inside.endsWith("/") ? "empty" : "open", body: name, end: end + 1};
}

const entities: Readonly<Record<string, string>> = {lt: "<", gt: ">", amp: "&", quot: '"', apos: "'"};

/** The text with its entities resolved; null where there is one that is unknown. */
function decode(text: string): string | null {
  if (!text.includes("&")) return text;
  let known = true;
  const decoded = text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,6}));|&/g, (_, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : -1;
    if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    const character = name === undefined ? undefined : entities[name];
    known &&= character !== undefined;
    return character ?? "";
  });
  return known ? decoded : null;
}
