/** Seconds that two films may be apart before one is set to the other: about two frames. */
const driftAtMost = 0.08

interface Reel {
  currentTime: number
  duration: number
}

/** Where the film that follows is to be set; null where it is in step, or has ended while the longer one goes on. */
export function correction(leader: Reel, follower: Reel): number | null {
  const end = Number.isFinite(follower.duration) ? follower.duration : 0
  const wanted = Math.min(leader.currentTime, end)
  return Math.abs(follower.currentTime - wanted) > driftAtMost ? wanted : null
}

/** Of two films the longer one leads: it is the one that the other waits for. */
export function leaderOf<Film extends Reel>(a: Film, b: Film): { leader: Film; follower: Film } {
  const seconds = ({ duration }: Reel) => (Number.isFinite(duration) ? duration : 0)
  return seconds(b) > seconds(a) ? { leader: b, follower: a } : { leader: a, follower: b }
}
