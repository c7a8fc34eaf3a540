/** Which of the options the focus moves to, by arrows and by first letters; undefined where the key means nothing. */
export function nextOption(
  labels: readonly string[],
  current: number,
  key: string,
  /** What was typed so far, this key included. */
  typed: string,
): number | undefined {
  const last = labels.length - 1
  const moves: Record<string, number> = {
    ArrowDown: Math.min(last, current + 1),
    ArrowUp: Math.max(0, current - 1),
    Home: 0,
    End: last,
  }
  if (key in moves) return moves[key]
  if (key.length !== 1 || !typed.trim()) return undefined
  // One letter again and again walks through those that begin with it.
  const isRepeated = typed.length > 1 && typed === typed[0]!.repeat(typed.length)
  const wanted = (isRepeated ? typed[0]! : typed).toLowerCase()
  const start = typed.length === 1 || isRepeated ? current + 1 : current
  const order = labels.map((_, index) => (start + index) % labels.length)
  return order.find((index) => labels[index]!.toLowerCase().startsWith(wanted))
}
