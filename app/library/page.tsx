import { LibraryScreen } from './library-screen.tsx'

export default function LibraryPage() {
  return <LibraryScreen />
}
