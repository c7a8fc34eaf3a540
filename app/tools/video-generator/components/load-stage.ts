/** The stage of a video, which nobody needs before there is one. Called with the start, it costs no time after it. */
export function loadStage() {
  return import('./generation-stage.tsx')
}
