type Film = Pick<HTMLMediaElement, 'pause' | 'muted' | 'paused'>

let playing: Film | null = null

/** Has what plays with sound be the only one: another one that does is paused. */
export function hearOnly(film: Film) {
  if (film.muted) return
  if (playing !== film && playing?.paused === false && !playing.muted) playing.pause()
  playing = film
}
