import { PersonTile } from '../frame/PersonTile.tsx'
import { RemoveMember } from './RemoveMember.tsx'
import { RolePicker } from './RolePicker.tsx'
import type { MemberRow } from './row.ts'

export function MemberPhoneRow({ row }: { row: MemberRow }) {
  return (
    <div className="flex items-center gap-2.5">
      <PersonTile name={row.name} className="size-8!" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{row.name}</p>
        <p className="truncate text-muted text-sm">{row.email}</p>
      </div>
      <RolePicker row={row} />
      <RemoveMember row={row} />
    </div>
  )
}
