import type { RubricDimension } from './rubric';

/** Connectivity, services and markets: how a cooperative reaches its members and others. */
export const OUTSIDE_2020: readonly RubricDimension[] = [
  {
    dimension: 'connectivity',
    title: { id: 'Jaringan dan perangkat', en: 'Connectivity and devices' },
    questions: [
      {
        id: 'connectivity.internet',
        text: {
          id: 'Kantor memiliki internet yang cukup pada jam kerja.',
          en: 'The office has sufficient internet in working hours.',
        },
      },
      {
        id: 'connectivity.computer',
        text: {
          id: 'Ada komputer atau laptop yang dipakai hanya untuk koperasi.',
          en: 'There is a computer that is used for the cooperative only.',
        },
      },
      {
        id: 'connectivity.phone',
        text: {
          id: 'Koperasi memiliki nomor telepon atau WhatsApp sendiri.',
          en: 'The cooperative has a phone or WhatsApp number of its own.',
        },
      },
      {
        id: 'connectivity.backup',
        text: {
          id: 'Data penting disalin ke tempat lain sekurangnya sekali sebulan.',
          en: 'Important data is copied to another place at least once a month.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Mulai dari satu ponsel dengan nomor koperasi dan paket data; materi hemat kuota ada di pustaka.',
        en: 'Begin with one phone with the cooperative’s own number; the library has material that saves data.',
      },
      developing: {
        id: 'Siapkan satu laptop khusus koperasi dan salinan data setiap akhir bulan.',
        en: 'Provide a computer for the cooperative alone, and a copy of the data at the end of each month.',
      },
    },
  },
  {
    dimension: 'member_services',
    title: { id: 'Layanan digital bagi anggota', en: 'Digital service to members' },
    questions: [
      {
        id: 'member_services.information',
        text: {
          id: 'Anggota mendapat kabar lewat grup pesan, situs, atau media sosial.',
          en: 'Members are kept informed over a group chat, a website or social media.',
        },
      },
      {
        id: 'member_services.balance',
        text: {
          id: 'Anggota dapat melihat simpanan dan pinjamannya tanpa datang ke kantor.',
          en: 'Members can see their savings and loans without coming to the office.',
        },
      },
      {
        id: 'member_services.payment',
        text: {
          id: 'Anggota dapat membayar secara nontunai (transfer, QRIS).',
          en: 'Members can pay without cash (transfer, QRIS).',
        },
      },
      {
        id: 'member_services.request',
        text: {
          id: 'Anggota dapat mengajukan layanan atau keluhan dari ponsel, dan dijawab.',
          en: 'Members can ask for a service or complain by phone, and are answered.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Buka satu grup pesan resmi dan kabarkan RAT, layanan, dan SHU di sana.',
        en: 'Open one official group chat and announce meetings, services and the surplus there.',
      },
      developing: {
        id: 'Terima pembayaran nontunai dan beri anggota akses melihat saldo.',
        en: 'Take payments without cash and let members see their balances.',
      },
    },
  },
  {
    dimension: 'market_finance',
    title: { id: 'Pasar dan pembiayaan', en: 'Market and finance' },
    questions: [
      {
        id: 'market_finance.online',
        text: {
          id: 'Produk atau jasa koperasi dijual atau ditawarkan secara daring.',
          en: 'Products or services are sold or offered online.',
        },
      },
      {
        id: 'market_finance.buyers',
        text: {
          id: 'Ada pembeli tetap atau kemitraan di luar anggota.',
          en: 'There are regular buyers or partners outside of the membership.',
        },
      },
      {
        id: 'market_finance.credit',
        text: {
          id: 'Koperasi pernah memperoleh pembiayaan bank, LPDB, atau lembaga lain.',
          en: 'The cooperative had finance from a bank, LPDB or another institution.',
        },
      },
      {
        id: 'market_finance.plan',
        text: {
          id: 'Rencana usaha dan arus kas tertulis tersedia untuk calon pemberi pembiayaan.',
          en: 'A written business plan with cash flow is at hand for financiers.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Pilih satu produk, foto dan uraikan, lalu tawarkan di satu lokapasar.',
        en: 'Choose one product, photograph and describe it, and offer it on one marketplace.',
      },
      developing: {
        id: 'Susun rencana usaha dengan arus kas dan bicarakan pembiayaan dengan LPDB atau bank.',
        en: 'Write a business plan with cash flow and talk to LPDB or a bank about finance.',
      },
    },
  },
];
