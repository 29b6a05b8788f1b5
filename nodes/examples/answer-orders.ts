import type { WorkflowDocument } from '../graph/document.ts'
import { type ExampleWorkflow, inEach } from './example.ts'

interface Words {
  order: string
  stock: string
  product: string
  enough: string
  accept: string
  refuse: string
  note: string
  mug: string
  shirt: string
  notebook: string
  accepted: string
  refused: string
  logged: string
  tryIt: string
}

const draw = (words: Words): WorkflowDocument => ({
  format: 1,
  nodes: [
    {
      key: 'order',
      type: 'trigger.webhook',
      version: 1,
      name: words.order,
      params: { method: 'POST', path: 'orders', answer: 'by_node' },
      position: { x: 0, y: 110 },
      notes: words.tryIt,
    },
    {
      key: 'stock',
      type: 'data.set',
      version: 1,
      name: words.stock,
      params: {
        fields: [
          {
            name: 'products',
            value: [
              { sku: 'mug', name: words.mug, price: 12, left: 40 },
              { sku: 'shirt', name: words.shirt, price: 25, left: 3 },
              { sku: 'notebook', name: words.notebook, price: 8, left: 0 },
            ],
          },
        ],
      },
      position: { x: 300, y: 110 },
    },
    {
      key: 'product',
      type: 'data.set',
      version: 1,
      name: words.product,
      params: {
        fields: [
          {
            name: 'found',
            value: { expr: 'steps.stock.products.find((product) => product.sku === trigger.body?.sku)' },
          },
          { name: 'quantity', value: { expr: 'trigger.body?.quantity ?? 1' } },
        ],
      },
      position: { x: 600, y: 110 },
    },
    {
      key: 'enough',
      type: 'flow.if',
      version: 1,
      name: words.enough,
      params: {
        conditions: {
          match: 'all',
          rules: [
            {
              left: { expr: 'steps.product.found?.left ?? 0' },
              op: 'at_least',
              right: { expr: 'steps.product.quantity' },
            },
          ],
        },
      },
      position: { x: 900, y: 110 },
    },
    {
      key: 'accept',
      type: 'flow.respond',
      version: 1,
      name: words.accept,
      params: {
        status: 200,
        body: {
          accepted: true,
          product: { expr: 'steps.product.found.name' },
          quantity: { expr: 'steps.product.quantity' },
          total: { expr: 'steps.product.found.price * steps.product.quantity' },
          message: words.accepted,
        },
      },
      position: { x: 1200, y: 55 },
    },
    {
      key: 'refuse',
      type: 'flow.respond',
      version: 1,
      name: words.refuse,
      params: {
        status: 409,
        body: {
          accepted: false,
          left: { expr: 'steps.product.found?.left ?? 0' },
          message: words.refused,
        },
      },
      position: { x: 1200, y: 165 },
    },
    {
      key: 'note',
      type: 'flow.log',
      version: 1,
      name: words.note,
      params: { message: { expr: words.logged }, data: { expr: 'steps.product' } },
      position: { x: 1500, y: 55 },
    },
  ],
  edges: [
    { from: 'order', port: 'out', to: 'stock' },
    { from: 'stock', port: 'out', to: 'product' },
    { from: 'product', port: 'out', to: 'enough' },
    { from: 'enough', port: 'yes', to: 'accept' },
    { from: 'enough', port: 'no', to: 'refuse' },
    { from: 'accept', port: 'out', to: 'note' },
  ],
})

export const answerOrders: ExampleWorkflow = {
  id: 'answer-orders',
  name: { en: 'Answer orders', 'pt-BR': 'Responder pedidos' },
  description: {
    en: 'A shop sends an order; the workflow looks at the stock and answers whether it can be filled.',
    'pt-BR': 'Uma loja envia um pedido; o fluxo olha o estoque e responde se pode atender.',
  },
  document: inEach<Words>(
    {
      en: {
        order: 'Order comes in',
        stock: 'Stock',
        product: 'Find the product',
        enough: 'Enough left?',
        accept: 'Accept',
        refuse: 'Refuse',
        note: 'Note the order',
        mug: 'Mug',
        shirt: 'T-shirt',
        notebook: 'Notebook',
        accepted: 'Thank you for your order.',
        refused: 'We do not have that many.',
        logged: `\`Order for \${steps.product.quantity} × \${steps.product.found.name}\``,
        tryIt: 'Publish, then POST { "sku": "mug", "quantity": 2 } to the address of this webhook.',
      },
      'pt-BR': {
        order: 'Chega um pedido',
        stock: 'Estoque',
        product: 'Achar o produto',
        enough: 'Há o bastante?',
        accept: 'Aceitar',
        refuse: 'Recusar',
        note: 'Anotar o pedido',
        mug: 'Caneca',
        shirt: 'Camiseta',
        notebook: 'Caderno',
        accepted: 'Obrigado pelo pedido.',
        refused: 'Não temos tantos.',
        logged: `\`Pedido de \${steps.product.quantity} × \${steps.product.found.name}\``,
        tryIt: 'Publique e envie POST { "sku": "mug", "quantity": 2 } ao endereço deste webhook.',
      },
    },
    draw,
  ),
}
