import { ListScreen } from './list/list-screen.tsx'

export default function CanvasesPage() {
  return <ListScreen />
}
