import { buttonStyle } from '#components/ui/button'
import { withBasePath } from '#lib/contract/calls/base-path'
import { MessagePage } from './message-page.tsx'

export default function NotFound() {
  return (
    <MessagePage code="404" title="Nothing crossed the line here">
      <p>This page does not exist, or it is not yours.</p>
      {/* oxlint-disable-next-line next/no-html-link-for-pages -- Next's link would weigh 4 KB on every page */}
      <a
        href={withBasePath('/tools/video-generator')}
        className={buttonStyle({ variant: 'outline' })}
      >
        To the studio
      </a>
    </MessagePage>
  )
}
