/** Roots of information technology, information and its protection. Written for this project. */
export const DIGITAL_ROOTS = `
akses akun akur algoritma antarmuka api aplikasi autentikasi awan baik barcode baris baru basis biru blog bocor 
buka canggih centang cerdas cetak chat checkout coba daring dasbor desain digital dompet dukung elektronik email
enkripsi etalase fitur format formulir foto galat gambar gawai grup guna hapus hibrida ikut informasi ingat inovasi
instal integrasi internet interoperabilitas isi jadwal jarak jaring jauh kalender kamera kasir kata katalog keranjang
keras ketik kode kolom komputer komunikasi konten konversi kunci kuota kutu laman laptop layar lembar lisensi login
lunak luring media migrasi modern modul musnah mutakhir nontunai notifikasi obrol offline online
otentikasi otomasi otomatis otp panggil papan pasang pelihara perangkat percaya 
pesan phishing pindah pindai pintar ponsel portal pos pribadi printer privasi proses prosesor pulih pulsa qris rahasia
rancang rawat rekam resmi retas salin sandi scan sebar sedia server setuju siar siber sinkron sinyal sistem
situs sosial standar subjek sumber surel tablet tautan tayang teknis teknisi teknologi telepon tetikus tikus transaksi
transformasi uji ujicoba unduh unggah vendor versi video virtual virus web website
`;
