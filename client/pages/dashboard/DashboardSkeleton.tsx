import { Skeleton } from '#client/ui/Skeleton.tsx'

/** The shape of a dashboard while its figures come. */
export function DashboardSkeleton() {
  return (
    <div
      aria-hidden
      className="mx-auto grid max-w-320 animate-late grid-cols-3 gap-3 px-6 phone:grid-cols-1 phone:px-4"
    >
      <Skeleton className="col-span-full h-19 rounded-md" />
      <Skeleton className="col-span-2 h-67 rounded-md phone:col-span-1" />
      <Skeleton className="h-67 rounded-md" />
    </div>
  )
}
