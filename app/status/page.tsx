import { StatusScreen } from './components/status-screen.tsx'

export default function StatusPage() {
  return <StatusScreen />
}
