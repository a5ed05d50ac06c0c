declare global {
  /** Where the scroll lock under dialogs looks for the nonce of its style element. */
  var __webpack_nonce__: string | undefined;
}

/** The nonce of this load, which style elements must carry. */
export const styleNonce =
  document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';

globalThis.__webpack_nonce__ = styleNonce;
