/**
 * Ports that speak something else than HTTP: databases, caches, queues, remote desktops, container and cluster
 * control, mail and chat. Sending HTTP there can only be an attack (fetch's “bad ports”, and more).
 */
const otherProtocols = new Set([
  1080, 1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 2525, 3128, 3306, 3389,
  3659, 4045, 4190, 4222, 4369, 5060, 5061, 5222, 5269, 5432, 5433, 5671, 5672, 5900, 5901, 5984, 5985, 5986,
  6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7001, 7199, 8086, 8125, 8883,
  9042, 9092, 9160, 9200, 9300, 10080, 10250, 10255, 11211, 25672, 27017, 27018, 27019, 28015, 50000, 61616,
])

/** Web ports: 80, 443, and from 1024 those that are not known for another protocol. */
export function isWebPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && port <= 65535 && !otherProtocols.has(port))
}
