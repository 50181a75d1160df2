/** Lets the browser save a file. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Later, since some browsers begin to read only after the click has ended.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
