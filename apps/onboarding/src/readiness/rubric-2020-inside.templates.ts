import type { RubricDimension } from './rubric';

/** Governance, records and people: what a cooperative is made of. */
export const INSIDE_2020: readonly RubricDimension[] = [
  {
    dimension: 'governance',
    title: { id: 'Tata kelola dan RAT', en: 'Governance and annual meeting' },
    questions: [
      {
        id: 'governance.meeting',
        text: {
          id: 'RAT diadakan setiap tahun, paling lambat enam bulan setelah tutup buku.',
          en: 'The annual meeting is held every year, within six months of closing the books.',
        },
      },
      {
        id: 'governance.board',
        text: {
          id: 'Ketua, sekretaris, bendahara, dan pengawas terisi dan masa jabatannya berlaku.',
          en: 'Chair, secretary, treasurer and supervisors are in place and within their term.',
        },
      },
      {
        id: 'governance.plan',
        text: {
          id: 'Rencana kerja dan anggaran tahun ini disetujui anggota.',
          en: 'The members approved a work plan and a budget for this year.',
        },
      },
      {
        id: 'governance.rules',
        text: {
          id: 'AD/ART dan aturan kerja tertulis, dan pengurus memakainya.',
          en: 'Statutes and working rules are written down and used by the board.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Tetapkan tanggal RAT dan siapkan undangan, laporan pengurus, dan berita acara; contohnya ada di pustaka.',
        en: 'Set the day of the annual meeting and prepare invitation, report and minutes; the library has examples.',
      },
      developing: {
        id: 'Lengkapi susunan pengurus dan sahkan rencana kerja tahun ini dalam rapat anggota.',
        en: 'Complete the board and have the members approve this year’s plan.',
      },
    },
  },
  {
    dimension: 'records',
    title: { id: 'Pencatatan dan akuntansi', en: 'Records and accounting' },
    questions: [
      {
        id: 'records.daily',
        text: { id: 'Transaksi dicatat pada hari yang sama.', en: 'Transactions are recorded on the same day.' },
      },
      {
        id: 'records.digital',
        text: {
          id: 'Buku kas dan simpan pinjam dikelola dengan aplikasi atau lembar kerja.',
          en: 'Cash book and savings and loans are kept in an application or a spreadsheet.',
        },
      },
      {
        id: 'records.members',
        text: {
          id: 'Buku daftar anggota lengkap dan mutakhir.',
          en: 'The register of members is complete and up to date.',
        },
      },
      {
        id: 'records.statements',
        text: {
          id: 'Neraca dan perhitungan SHU selesai paling lambat tiga bulan setelah tutup buku.',
          en: 'Balance sheet and surplus are ready within three months of closing the books.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Mulai dari buku kas harian dan daftar anggota dalam satu lembar kerja; formulirnya ada di pustaka.',
        en: 'Begin with a daily cash book and a register of members in one spreadsheet; the library has forms.',
      },
      developing: {
        id: 'Pindahkan simpan pinjam ke aplikasi akuntansi koperasi dan cocokkan dengan kas setiap bulan.',
        en: 'Move savings and loans to an accounting application and match it with the cash every month.',
      },
    },
  },
  {
    dimension: 'people',
    title: { id: 'Orang dan keterampilan', en: 'People and skills' },
    questions: [
      {
        id: 'people.operator',
        text: {
          id: 'Ada orang yang ditugaskan untuk urusan digital.',
          en: 'Somebody is in charge of digital matters.',
        },
      },
      {
        id: 'people.training',
        text: {
          id: 'Pengurus atau karyawan mengikuti pelatihan digital dalam setahun terakhir.',
          en: 'Board or staff took part in digital training within the last year.',
        },
      },
      {
        id: 'people.tools',
        text: {
          id: 'Pengurus bekerja dengan surel, dokumen bersama, dan lembar kerja.',
          en: 'The board works with e-mail, shared documents and spreadsheets.',
        },
      },
      {
        id: 'people.safety',
        text: {
          id: 'Kata sandi dan data anggota dijaga; siapa yang boleh membukanya sudah ditentukan.',
          en: 'Passwords and members’ data are kept safe, and it is settled who may open them.',
        },
      },
    ],
    advice: {
      basic: {
        id: 'Tunjuk satu orang muda sebagai operator dan ikutkan pada pelatihan dasar.',
        en: 'Name one younger person as operator and enrol them in a basic training.',
      },
      developing: {
        id: 'Jadwalkan pelatihan bagi bendahara dan tulis aturan singkat tentang kata sandi dan data anggota.',
        en: 'Plan a training for the treasurer and write a short rule on passwords and members’ data.',
      },
    },
  },
];
