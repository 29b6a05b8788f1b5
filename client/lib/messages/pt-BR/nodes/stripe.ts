import type { NodeWords } from '../../node-words.ts'

const metadata = {
  title: 'Metadados',
  help: 'Nomes e valores seus, guardados com ele e enviados nos eventos dele.',
}
const email = { title: 'E-mail', placeholder: 'ada@exemplo.com' }
const payment = { title: 'Intenção de pagamento', placeholder: 'pi_…' }

export const stripeNodes: Readonly<Record<string, NodeWords>> = {
  stripe_create_customer: {
    title: 'Criar cliente no Stripe',
    summary: 'Adiciona alguém aos clientes de uma conta Stripe.',
    line: 'Cliente {email}',
    examples: ['Com o número de um pedido'],
    fields: {
      email,
      name: { title: 'Nome', placeholder: 'Ada Lovelace' },
      phone: { title: 'Telefone', placeholder: '+55 11 91234-5678' },
      description: { title: 'Descrição' },
      metadata,
    },
  },
  stripe_find_customers: {
    title: 'Buscar clientes no Stripe',
    summary: 'Procura clientes pelo e-mail, ou por uma busca do Stripe.',
    line: 'Buscar clientes',
    examples: ['Pelo e-mail'],
    fields: {
      by: { title: 'Por' },
      'by/email': { title: 'E-mail' },
      'by/email/email': email,
      'by/search': { title: 'Busca' },
      'by/search/query': {
        title: 'Busca',
        help: 'Na linguagem de busca do Stripe. Clientes novos aparecem depois de cerca de um minuto.',
        placeholder: "name:'Ada' AND metadata['pedido']:'7'",
      },
      most: { title: 'No máximo' },
    },
  },
  stripe_create_payment_intent: {
    title: 'Criar pagamento no Stripe',
    summary:
      'Cria uma intenção de pagamento: a pagar na sua página, ou na hora com um meio de pagamento do cliente. O que a desfaz é “Reembolsar pagamento no Stripe”, no caminho de erro do que vem depois.',
    line: 'Pagamento de {amount} {currency}',
    examples: ['A pagar numa página', 'Um cartão recusado'],
    fields: {
      amount: {
        title: 'Valor',
        help: 'Na menor unidade da moeda: 1050 são 10,50 em reais ou dólares.',
        placeholder: '1050',
      },
      currency: { title: 'Moeda', placeholder: 'brl' },
      customer: { title: 'Cliente', placeholder: 'cus_…' },
      description: { title: 'Descrição' },
      payment: { title: 'Pago' },
      'payment/page': { title: 'Depois, na sua página' },
      'payment/now': { title: 'Na hora' },
      'payment/now/method': {
        title: 'Meio de pagamento',
        help: 'Um que está guardado com o cliente.',
        placeholder: 'pm_…',
      },
      metadata,
    },
  },
  stripe_get_payment_intent: {
    title: 'Ler pagamento no Stripe',
    summary: 'Lê uma intenção de pagamento: situação, valor e quanto foi recebido.',
    line: 'Ler {payment}',
    examples: ['Um que foi pago'],
    fields: { payment },
  },
  stripe_create_refund: {
    title: 'Reembolsar pagamento no Stripe',
    summary:
      'Devolve um pagamento, inteiro ou em parte. Desenhe-o num caminho de erro para desfazer um pagamento quando o que vem depois falha.',
    line: 'Reembolsar {payment}',
    examples: ['Tudo', 'Um que já foi reembolsado'],
    fields: {
      payment,
      amount: {
        title: 'Valor',
        help: 'Na menor unidade da moeda; vazio para tudo.',
        placeholder: '1050',
      },
      reason: {
        title: 'Motivo',
        options: {
          requested_by_customer: 'O cliente pediu',
          duplicate: 'Foi pago duas vezes',
          fraudulent: 'Foi uma fraude',
        },
      },
      metadata,
    },
  },
  stripe_event: {
    title: 'Evento do Stripe',
    summary: 'Começa quando algo acontece numa conta Stripe, como um pagamento que falhou.',
    line: 'Em {events} no Stripe',
    examples: ['Um pagamento que falhou'],
    fields: {
      events: {
        title: 'Eventos',
        help: 'Escolha os mesmos no Stripe, onde o endereço é informado. Vazio: todos os que forem enviados.',
        placeholder: 'invoice.payment_failed',
      },
    },
  },
}
