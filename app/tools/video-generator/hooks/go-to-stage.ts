/** Brings the stage into sight and puts the focus there. */
export function goToStage() {
  scrollTo({ top: 0 })
  document.getElementById('stage')?.focus({ preventScroll: true })
}
