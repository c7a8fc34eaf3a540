import { SettingsScreen } from './components/settings-screen.tsx'

export default function SettingsPage() {
  return <SettingsScreen />
}
