import type { ConnectionWords } from '../connection-words.ts'

const apiKey = { title: 'Chave da API' }
const password = { title: 'Senha' }
const port = { title: 'Porta' }
const user = { title: 'Usuário' }

/** By kind. English ones come from the definitions. */
export const connectionWords: Readonly<Record<string, ConnectionWords>> = {
  'http.header': {
    title: 'Cabeçalho HTTP',
    summary: 'Envia um cabeçalho à sua escolha, como X-API-Key.',
    fields: { name: { title: 'Cabeçalho' }, value: { title: 'Valor' } },
  },
  'http.bearer': {
    title: 'Token bearer',
    summary: 'Envia um token no cabeçalho Authorization.',
    fields: { token: { title: 'Token' } },
  },
  'http.basic': {
    title: 'Usuário e senha',
    summary: 'Entra com a autenticação básica do HTTP.',
    fields: { user, password },
  },
  'http.query': {
    title: 'Chave no endereço',
    summary: 'Acrescenta uma chave ao endereço, como ?api_key=….',
    fields: { name: { title: 'Nome' }, value: { title: 'Valor' } },
  },
  'http.oauth2': {
    title: 'OAuth 2.0',
    summary:
      'Entra por OAuth 2.0: como uma pessoa, ou como o próprio aplicativo. Os tokens se renovam sozinhos.',
    fields: {
      grant: {
        title: 'Quem entra',
        options: { authorization_code: 'Uma pessoa', client_credentials: 'O próprio aplicativo' },
      },
      clientId: { title: 'ID do cliente' },
      clientSecret: { title: 'Segredo do cliente' },
      tokenUrl: { title: 'Endereço dos tokens' },
      authorizeUrl: { title: 'Endereço de entrada', help: 'Só quando uma pessoa entra.' },
      scopes: { title: 'Escopos', help: 'Com um espaço entre eles.' },
      audience: { title: 'Audiência', help: 'Só quando o serviço pede uma.' },
      clientAuth: {
        title: 'O cliente se identifica',
        options: { body: 'No corpo', basic: 'Num cabeçalho (Basic)' },
      },
    },
  },
  'google.oauth': {
    title: 'Conta do Google',
    summary: 'Age no Gmail e no Google Planilhas em nome de quem entra.',
    fields: {
      clientId: {
        title: 'ID do cliente',
        help: 'De um cliente OAuth do tipo “Aplicativo da Web” no console do Google Cloud.',
      },
      clientSecret: { title: 'Segredo do cliente' },
      access: {
        title: 'Pode usar',
        options: { gmail_sheets: 'Gmail e Planilhas', gmail: 'Só o Gmail', sheets: 'Só as Planilhas' },
      },
    },
  },
  'supabase.key': {
    title: 'Projeto do Supabase',
    summary: 'Lê e grava as tabelas de um projeto com uma das chaves dele.',
    fields: {
      url: { title: 'URL do projeto' },
      key: {
        title: 'Chave',
        help: 'A chave secreta (service role) passa por cima da segurança por linha; a pública não.',
      },
      schema: { title: 'Esquema', help: 'public, se você deixar vazio.' },
    },
  },
  'postgres.login': {
    title: 'Banco PostgreSQL',
    summary: 'Entra num banco de dados com usuário e senha.',
    fields: {
      host: { title: 'Servidor' },
      port,
      database: { title: 'Banco' },
      user,
      password,
      tls: {
        title: 'Criptografia',
        options: {
          verify: 'TLS, conferindo o certificado',
          encrypt: 'TLS, seja quem for do outro lado',
          off: 'Nenhuma',
        },
      },
      ca: {
        title: 'Autoridade certificadora',
        help: 'Texto PEM, se o certificado do servidor é assinado por uma sua.',
      },
    },
  },
  'email.smtp': {
    title: 'Servidor de e-mail (SMTP)',
    summary: 'Envia e-mail por um servidor seu ou do seu provedor.',
    fields: {
      host: { title: 'Servidor' },
      port,
      security: {
        title: 'Criptografia',
        options: {
          tls: 'TLS (em geral, porta 465)',
          starttls: 'STARTTLS (em geral, porta 587)',
          none: 'Nenhuma',
        },
      },
      user,
      password,
    },
  },
  'model.anthropic': {
    title: 'Anthropic',
    summary: 'O Claude, por uma chave de API do console da Anthropic.',
    fields: { apiKey, baseUrl: { title: 'Endereço', help: 'Outro, só para um gateway seu.' } },
  },
  'model.openai': {
    title: 'Compatível com a OpenAI',
    summary: 'OpenAI, OpenRouter, Gemini, Ollama, vLLM: o que falar a API de chat completions.',
    fields: {
      apiKey: { title: 'Chave da API', help: 'Qualquer palavra, para um servidor que não pede nenhuma.' },
      baseUrl: { title: 'Endereço' },
      inputPrice: {
        title: 'Preço da entrada',
        help: 'Dólares por milhão de tokens, para modelos cujo preço a Trama não conhece.',
      },
      outputPrice: { title: 'Preço da saída', help: 'Dólares por milhão de tokens.' },
    },
  },
  'whatsapp.evolution': {
    title: 'WhatsApp pela Evolution API',
    summary: 'Envia e recebe pela sua própria Evolution API, com uma das instâncias dela.',
    fields: {
      baseUrl: { title: 'Endereço', help: 'Da sua Evolution API.' },
      instance: { title: 'Instância' },
      apiKey: { title: 'Chave da API', help: 'Da instância, ou a global.' },
      webhookSecret: {
        title: 'Segredo do webhook',
        help: 'O que a sua Evolution API envia no cabeçalho apikey. Vazio: a chave da API.',
      },
    },
  },
  'whatsapp.cloud': {
    title: 'WhatsApp Business (Cloud API)',
    summary: 'Envia e recebe pela API oficial da Meta, com um número de uma conta comercial.',
    fields: {
      phoneNumberId: { title: 'ID do número' },
      accessToken: { title: 'Token de acesso', help: 'De um usuário do sistema: esse não expira.' },
      appSecret: {
        title: 'Segredo do aplicativo',
        help: 'Só para o gatilho de mensagens, que sem ele recusa tudo.',
      },
      verifyToken: {
        title: 'Token de verificação',
        help: 'Só para o gatilho de mensagens: um texto qualquer, o mesmo que você informa à Meta com o endereço.',
      },
    },
  },
  'slack.bot': {
    title: 'App do Slack',
    summary: 'Age num workspace do Slack como um app seu, com o token de bot dele.',
    fields: {
      token: { title: 'Token de bot' },
      signingSecret: {
        title: 'Segredo de assinatura',
        help: 'Só para o gatilho de eventos do Slack, que sem ele recusa tudo.',
      },
    },
  },
  'stripe.key': {
    title: 'Conta do Stripe',
    summary: 'Age numa conta do Stripe com uma chave secreta ou restrita.',
    fields: {
      apiKey: { title: 'Chave secreta' },
      webhookSecret: {
        title: 'Segredo de assinatura',
        help: 'Só para o gatilho de eventos do Stripe, que sem ele recusa tudo. Começa com whsec_.',
      },
    },
  },
  'cloudflare.token': {
    title: 'Cloudflare',
    summary: 'Altera zonas de uma conta da Cloudflare com um token de API.',
    fields: { token: { title: 'Token da API', help: 'Com as permissões DNS › Edit e Cache Purge.' } },
  },
}
