import type { StripeCheckout } from './stripe-emulator.ts'

/** The page where a payer pays, or does not. */
export function payPage({ cents, currency, status }: StripeCheckout) {
  const amount = `${(cents / 100).toFixed(2)} ${currency.toUpperCase()}`
  const button = (how: string, label: string) =>
    `<button name="how" value="${how}"${status === 'open' ? '' : ' disabled'}>${label}</button>`
  return `<!doctype html><html lang="en"><title>Emulated payment</title>
    <h1>Pay ${amount}</h1><p>This is an emulator. No money moves.</p>
    <form method="post">${button('card', 'Pay')} ${button('bank', 'Pay by bank, 5 seconds')}
    <button name="how" value="cancel">Go back without paying</button></form></html>`
}
