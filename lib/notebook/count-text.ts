const COUNT = new Intl.NumberFormat('en')

export function countText(value: number): string {
  return COUNT.format(value)
}
