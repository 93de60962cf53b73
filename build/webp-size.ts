/** A WebP picture's width and height, from its header (developers.google.com/speed/webp/docs/riff_container). */
import {readFileSync} from "node:fs";

/** @throws Error when the file is no WebP picture that Chromium writes */
export function webpSize(file: string): {readonly width: number; readonly height: number} {
  const bytes = readFileSync(file);
  const kind = bytes.toString("latin1", 12, 16);
  if (kind === "VP8 ") return {width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff};
  if (kind === "VP8X") return {width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1};
  throw new Error(`${file}: unexpected kind of WebP, ${kind}`);
}
