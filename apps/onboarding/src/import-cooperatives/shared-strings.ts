/** The texts that the cells of a spreadsheet point to: one block of bytes, for a hundred thousand rows name half a million of them. */
export class SharedStrings {
  private bytes = Buffer.alloc(64 * 1024);
  private length = 0;
  private ends = new Uint32Array(1_024);
  private count = 0;

  push(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.length + size > this.bytes.length) {
      const wider = Buffer.alloc(Math.max(this.bytes.length * 2, this.length + size));
      this.bytes.copy(wider, 0, 0, this.length);
      this.bytes = wider;
    }
    if (this.count === this.ends.length) {
      const longer = new Uint32Array(this.ends.length * 2);
      longer.set(this.ends);
      this.ends = longer;
    }
    this.length += this.bytes.write(text, this.length);
    this.ends[this.count] = this.length;
    this.count += 1;
  }

  at(index: number): string {
    if (!(index >= 0 && index < this.count)) return '';
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }
}
