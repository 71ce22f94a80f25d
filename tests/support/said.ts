/** What a board or a tool has said, for tests that wait for a text in it. */
export class Said {
  /** What was said since the last text that was waited for. */
  text = '';
  private look: () => void = () => undefined;

  /** Takes what came in; as a listener, too. */
  readonly add = (chunk: Uint8Array): void => {
    this.text += Buffer.from(chunk).toString('latin1');
    this.look();
  };

  /** Waits until a text was said, and forgets everything up to its end; resolves to what was said before it. */
  until(text: string): Promise<string> {
    return new Promise((resolve) => {
      this.look = () => {
        const at = this.text.indexOf(text);
        if (at < 0) return;
        const before = this.text.slice(0, at);
        this.text = this.text.slice(at + text.length);
        this.look = () => undefined;
        resolve(before);
      };
      this.look();
    });
  }
}
