/** Whether an address is one of this machine's own. */
export function isLoopback(address: string | undefined) {
  const name = address && new URL(address).hostname
  return name === 'localhost' || name === '[::1]' || /^127\.[\d.]+$/.test(name ?? '')
}
