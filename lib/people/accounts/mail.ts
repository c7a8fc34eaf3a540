import { createTransport } from 'nodemailer'
import { env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'

interface Mail {
  to: string
  subject: string
  text: string
  headers?: Record<string, string>
}

const patienceMs = 20_000

/** Whether this server can send mail. */
export function canMail() {
  return Boolean(env().SMTP_URL)
}

/** Sends a mail through the server at `SMTP_URL`. Rejects where that does not take it. */
export async function sendMail(mail: Mail) {
  await transport().sendMail({ from: env().MAIL_FROM, ...mail })
}

function transport() {
  return processWide('mail transport', () =>
    createTransport({
      url: env().SMTP_URL!,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      // A mail is words of ours: nothing in it is read from a file or from the network.
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  )
}
