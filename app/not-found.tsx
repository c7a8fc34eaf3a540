import Link from 'next/link'
import { buttonStyle } from '#components/ui/button-style'
import { MessagePage } from './message-page.tsx'

export default function NotFound() {
  return (
    <MessagePage code="404" title="Nothing crossed the line here">
      <p>This page does not exist, or it is not yours.</p>
      <Link href="/tools/video-generator" className={buttonStyle({ variant: 'outline' })}>
        To the studio
      </Link>
    </MessagePage>
  )
}
