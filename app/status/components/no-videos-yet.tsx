import Link from 'next/link'
import { buttonStyle } from '#components/ui/button-style'

/** Before the first video there is nothing to tell. */
export function NoVideosYet() {
  return (
    <div className="border-y border-hairline py-10">
      <p aria-hidden="true" className="unexposed relative mb-6 h-16 w-28 rounded-sm">
        <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
      </p>
      <h3 className="text-lg font-semibold tracking-tight">No videos yet</h3>
      <p className="mt-1 mb-5 text-sm text-soft">
        With the first one, its time and its cost will stand here.
      </p>
      <Link href="/tools/video-generator" className={buttonStyle({ variant: 'outline' })}>
        Make a video
      </Link>
    </div>
  )
}
