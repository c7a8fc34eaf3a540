import type { Picture } from './picture.ts'

interface UploadBarProps {
  picture: Picture
  /** Which picture it is: `first frame`. */
  name: string
}

/** How far an upload is; nothing once it is there, or has failed. */
export function UploadBar({ picture: { id, problem, progress }, name }: UploadBarProps) {
  if (id || problem) return null
  return <progress aria-label={`Upload of ${name}`} value={progress} className={barStyle} />
}

const barStyle = [
  'mt-1 block h-0.5 w-full appearance-none bg-hairline [&::-moz-progress-bar]:bg-signal',
  '[&::-webkit-progress-bar]:bg-hairline [&::-webkit-progress-value]:bg-signal',
].join(' ')
