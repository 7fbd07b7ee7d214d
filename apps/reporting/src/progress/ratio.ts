/** An exact fraction. Published figures are computed with it, so that no binary rounding reaches a printed digit. */
export class Ratio {
  private constructor(
    private readonly over: bigint,
    private readonly under: bigint,
  ) {}

  /** The exact value of what a JSON number prints: 0.1 is one tenth. */
  static of(value: number): Ratio {
    const [mantissa = '0', exponent = '0'] = String(value).split('e');
    const [whole = '0', decimals = ''] = mantissa.split('.');
    const shift = Number(exponent) - decimals.length;
    const digits = BigInt(whole + decimals);
    return shift >= 0 ? Ratio.make(digits * 10n ** BigInt(shift), 1n) : Ratio.make(digits, 10n ** BigInt(-shift));
  }

  private static make(over: bigint, under: bigint): Ratio {
    return under < 0n ? new Ratio(-over, -under) : new Ratio(over, under);
  }

  plus(other: Ratio): Ratio {
    return Ratio.make(this.over * other.under + other.over * this.under, this.under * other.under);
  }

  minus(other: Ratio): Ratio {
    return Ratio.make(this.over * other.under - other.over * this.under, this.under * other.under);
  }

  times(other: Ratio): Ratio {
    return Ratio.make(this.over * other.over, this.under * other.under);
  }

  /** Null where the quotient is undefined. */
  dividedBy(other: Ratio): Ratio | null {
    return other.over === 0n ? null : Ratio.make(this.over * other.under, this.under * other.over);
  }

  compare(other: Ratio): number {
    const difference = this.over * other.under - other.over * this.under;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  /** The smallest whole number that is not below this one. */
  ceiling(): number {
    const floor = this.over / this.under;
    return Number(this.over > 0n && floor * this.under !== this.over ? floor + 1n : floor);
  }

  /** Half-up to so many decimals; a half goes away from zero. */
  round(decimals: number): number {
    const scaled = this.over * 10n ** BigInt(decimals) * 2n;
    const away = scaled < 0n ? -this.under : this.under;
    const units = (scaled + away) / (this.under * 2n);
    const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
    const text = decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
    return units < 0n ? -Number(text) : Number(text);
  }
}
