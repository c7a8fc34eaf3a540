type Film = Pick<HTMLMediaElement, 'pause' | 'muted' | 'paused'>

let playing: Film | null = null

/** Told of a film that begins to play, or to be heard: another one that is heard is paused. */
export function hearOnly(film: Film) {
  if (film.muted || film.paused) return
  if (playing !== film && playing?.paused === false && !playing.muted) playing.pause()
  playing = film
}
