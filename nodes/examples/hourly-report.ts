import type { WorkflowDocument } from '../graph/document.ts'
import { type ExampleWorkflow, inEach } from './example.ts'

interface Words {
  hourly: string
  byHand: string
  sales: string
  totals: string
  report: string
  write: string
  zone: string
  title: string
  products: [string, string, string]
}

const TOTALS = `const totals = new Map()
for (const { product, amount } of sales) totals.set(product, (totals.get(product) ?? 0) + amount)
const rows = [...totals].map(([product, amount]) => ({ product, amount }))
rows.sort((a, b) => b.amount - a.amount)
return { rows, total: rows.reduce((sum, row) => sum + row.amount, 0), best: rows[0].product }`

const draw = (words: Words): WorkflowDocument => {
  const [mug, shirt, notebook] = words.products
  return {
    format: 1,
    nodes: [
      {
        key: 'hourly',
        type: 'trigger.schedule',
        version: 1,
        name: words.hourly,
        params: { cron: '0 * * * *', zone: words.zone, missed: 'latest' },
        position: { x: 0, y: 55 },
      },
      {
        key: 'by_hand',
        type: 'trigger.manual',
        version: 1,
        name: words.byHand,
        params: {},
        position: { x: 0, y: 165 },
      },
      {
        key: 'sales',
        type: 'data.set',
        version: 1,
        name: words.sales,
        params: {
          fields: [
            {
              name: 'list',
              value: [
                { product: mug, amount: 24 },
                { product: shirt, amount: 75 },
                { product: mug, amount: 36 },
                { product: notebook, amount: 16 },
                { product: shirt, amount: 25 },
              ],
            },
          ],
        },
        position: { x: 300, y: 110 },
      },
      {
        key: 'totals',
        type: 'code.run',
        version: 1,
        name: words.totals,
        params: { code: TOTALS, values: [{ name: 'sales', value: { expr: 'steps.sales.list' } }] },
        position: { x: 600, y: 110 },
      },
      {
        key: 'report',
        type: 'data.set',
        version: 1,
        name: words.report,
        params: {
          fields: [
            { name: 'title', value: { expr: words.title } },
            { name: 'rows', value: { expr: 'steps.totals.rows' } },
            { name: 'total', value: { expr: 'steps.totals.total' } },
          ],
        },
        position: { x: 900, y: 110 },
      },
      {
        key: 'write',
        type: 'flow.log',
        version: 1,
        name: words.write,
        params: { message: { expr: 'steps.report.title' }, data: { expr: 'steps.report.rows' } },
        position: { x: 1200, y: 110 },
      },
    ],
    edges: [
      { from: 'hourly', port: 'out', to: 'sales' },
      { from: 'by_hand', port: 'out', to: 'sales' },
      { from: 'sales', port: 'out', to: 'totals' },
      { from: 'totals', port: 'out', to: 'report' },
      { from: 'report', port: 'out', to: 'write' },
    ],
  }
}

export const hourlyReport: ExampleWorkflow = {
  id: 'hourly-report',
  name: { en: 'Hourly sales report', 'pt-BR': 'Relatório de vendas por hora' },
  description: {
    en: 'Every hour, and whenever you press Run, adds up the sales by product and writes a report.',
    'pt-BR': 'A cada hora, e quando você aperta Executar, soma as vendas por produto e escreve um relatório.',
  },
  document: inEach<Words>(
    {
      en: {
        hourly: 'Every hour',
        byHand: 'Run by hand',
        sales: 'Sales',
        totals: 'Totals by product',
        report: 'Report',
        write: 'Write the report',
        zone: 'UTC',
        title: `\`Sold for \${steps.totals.total}, most of it \${steps.totals.best}\``,
        products: ['Mug', 'T-shirt', 'Notebook'],
      },
      'pt-BR': {
        hourly: 'A cada hora',
        byHand: 'Executar à mão',
        sales: 'Vendas',
        totals: 'Totais por produto',
        report: 'Relatório',
        write: 'Escrever o relatório',
        zone: 'America/Sao_Paulo',
        title: `\`Vendido: \${steps.totals.total}, o que mais saiu foi \${steps.totals.best}\``,
        products: ['Caneca', 'Camiseta', 'Caderno'],
      },
    },
    draw,
  ),
}
