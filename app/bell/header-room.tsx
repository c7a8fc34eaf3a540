/** Keeps the place of a button in the header while its code is loaded, so that its neighbors stay where they are. */
export function HeaderRoom() {
  return <span aria-hidden="true" className="size-8 max-[30rem]:-mx-0.5 touch:size-11" />
}
