import { DownloadIcon } from 'lucide-react'
import { buttonStyle } from '#components/ui/button-style'
import type { FileView } from '#lib/contract/file-view'
import { downloadName } from './download-name.ts'

interface DownloadLinkProps {
  view: FileView
  url: string
  isLabelled: boolean
}

/** Downloads a video under a name after its prompt. */
export function DownloadLink({ view, url, isLabelled }: DownloadLinkProps) {
  return (
    <a
      href={`${url}?download=1`}
      download={downloadName(view.settings.prompt)}
      aria-label="Download"
      title="Download"
      className={buttonStyle(
        isLabelled ? { variant: 'outline', size: 'small' } : { variant: 'quiet', size: 'icon' },
      )}
    >
      <DownloadIcon />
      {isLabelled && 'Download'}
    </a>
  )
}
