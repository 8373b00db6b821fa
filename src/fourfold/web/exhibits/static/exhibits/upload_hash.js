// Hashes one file beside the page, so that the page stays usable. Answers {read} and then {sha256}.
import { Sha256 } from "./upload_sha256.js";

const PIECE_BYTES = 4 * 1024 * 1024;

self.addEventListener("message", async ({ data: file }) => {
  try {
    const hash = new Sha256();
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      hash.update(new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer()));
      self.postMessage({ read: Math.min(at + PIECE_BYTES, file.size) });
    }
    self.postMessage({ sha256: hash.hex() });
  } catch {
    self.postMessage({ failed: true }); // the file was moved, changed or taken away
  }
});
