// Shown at the address that was asked for, which may be anywhere: opens it again once the server answers.
const lookEveryMs = 4_000

async function look() {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(
    () => undefined,
  )
  if (answer && answer.status < 500) location.reload()
}

addEventListener('online', () => void look())
setInterval(() => void look(), lookEveryMs)
