/** Learned and borrowed roots that take Indonesian affixes, and verbs of office work. Written for this project. */
export const LOAN_ROOTS = `
administrasi aktivitas akuntabel akuntabilitas akurasi akurat alokasi analisis aspek aspirasi asumsi atribut birokrasi
definisi delegasi demokrasi demokratis demonstrasi deskripsi detail dialog dinamika direksi disiplin dividen dominasi
edukasi efektivitas efisiensi ekosistem ekspansi eksternal emisi estimasi etika etos fasilitator finansial
fleksibel fluktuasi formal formula formulasi forum global identifikasi ideologi implementasi independen independensi
individu inflasi infrastruktur inisiasi inklusi inklusif inkubasi inkubator inspeksi inspirasi instansi institusi
instrumen integritas intensif interaksi internal intervensi investasi investor isolasi jurnalis kapasitas kapital
karakter klasifikasi klaster kolaborasi komersial kompensasi kompetensi kompetisi kompleks komponen
konfirmasi konsolidasi konstitusi kontribusi koordinasi koordinator koreksi kredibel kualifikasi kualitas kuantitas
kurikulum legal legalitas liberal likuid likuiditas literatur lokasi maksimum manajemen mandat manual materi mekanik
minimum modifikasi motivasi negosiasi netralitas nominal normal observasi operasi operasional operator
optimal optimasi orientasi otonom otonomi otoritas paradigma parameter partner persentase perspektif pilot posisi
predikat prediksi preferensi presentasi produktif produktivitas proporsi proporsional proyek proyeksi publikasi
rasional reaksi referensi reformasi rehabilitasi rekomendasi rekonsiliasi rekrut relasi relevan rentabilitas reputasi
resiko restrukturisasi revitalisasi sekretariat sektor seleksi sentral servis signifikan simulasi skala skema
solidaritas solvabilitas spesifik spesifikasi sponsor standardisasi substansi supervisi swasembada talenta
teori tradisi transisi transparansi urgensi variabel visi volume
`;
