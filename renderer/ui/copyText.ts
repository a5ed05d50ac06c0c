/**
 * Puts text on the clipboard.
 *
 * The window has no permissions, so the asynchronous clipboard is refused; the copy command works
 * because it is the person's own act (call it from a click or a key).
 *
 * @returns false when the window refused
 */
export function copyText(text: string): boolean {
  let isCopied = false;
  function fill(event: ClipboardEvent): void {
    if (event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isCopied = true;
  }
  document.addEventListener('copy', fill, { capture: true });
  try {
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', fill, { capture: true });
  }
  return isCopied;
}
