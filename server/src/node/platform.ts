// What the server needs of Node.
import type { Platform } from '../lsp/server.ts';

export const nodePlatform: Platform = {
  delay(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
