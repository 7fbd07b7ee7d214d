/** Roots of the cooperative's own world: organisation, savings and loans, books, law. Written for this project. */
export const COOPERATIVE_ROOTS = `
absen acara adil adu advokasi agenda agun air ajar akad aklamasi akredit akreditasi akta akuntan akuntansi aman
amandemen amortisasi anggar anggota angkat angkut angsur antar anyam apotek arbitrase arsip arus asas aset asli
asuransi atur audit auditor awas ayat badan bagi baitul bakti bangkrut bangun bank bantu barang batik bayar
beban belanja beli bendahara bengkel benih bentuk beras berhasil berita beritaacara berkas besar biaya bibit bidang
bimbing bina bodong bonus bubar budidaya bukti buku bunga bupati cabang cadang calon camat cap capai catat cek cicil
cukai curang daerah daftar dagang damping dana dapat data debit demisioner denda deposito desa dewan didik dinas diri
diskon distribusi dokumen donasi eksekusi ekspor energi evaluasi faktur fasilitas fatwa federasi formatur fungsi
gabung gadai gaji ganti gedung gelap gerai gerak gilir giro gotong grafik gubernur gudang gugat gulir guru hadiah
hadir hak hakim halal haram harga hasil henti hewan hibah hitung homestay honor hukum hutan hutang identitas ijon ikan
iklan ilmu impor indikator induk industri infak insentif internasional interupsi inventaris iuran izin jabat jaga
jagung jahit jaksa jamin janji jasa jawab jenama jenis jual jurnal kabupaten kakao kampus kantor kartu karyawan kas
kategori katering kebun kecamatan kecil kelola kelompok keluar keluh kelurahan kemas kendali kepala kerja
kerjasama ketua kinerja kirim klaim klinik komisi komunitas konsorsium konstruksi konsultan konsultasi konsumen
konsumsi kontrak kontrol konvensional kop koperasi kopi korupsi kota kredit kritik kuasa kuitansi kuliner kuorum kupon
kur kursus laba ladang lampir langgan lanjut lapor latih laut layan lebur lelang lembaga likuidasi likuidator lindung
listrik logistik loyal lunas lurah maal macet magang mahasiswa makmur manajer mandiri masa masuk materai mediasi
menengah menteri merek meterai mikro milik mitra modal monitor mudarabah mufakat mukadimah murabahah musyarakah
musyawarah nasabah nasional nelayan neraca niaga nilai nomor nota notaris notulen ojol olah ongkos organisasi pabrik
padi pahlawan pailit pajak paket palsu panen panitia pantau pasal pasar pasok pecah pegawai pemerintah pengawas
penghasilan pengurus peran perdata periksa peringkat perintah periode perkara piagam pidana pilih pinjam
pinjol pisah piutang plafon pleno poin pokok polisi presiden primer prinsip produk produksi produsen program promosi
provinsi pungli pupuk pusat putus rajin rapat raya realisasi registrasi regulasi rekan rekap rekening relawan rencana
renta renteng retribusi revisi riba riset risiko royong rugi rumah runding sah saham saing saldo salur sanksi sapi
saran sasar sawah sawit sedekah sehat sejahtera sekolah sekretaris sekunder selamat semester seminar sengketa sepakat
serah serba serikat sertifikasi sertifikat setor sewa sidang simpan simpul sisa siswa sita skor skorsing somasi
sosialisasi statistik stempel stimulus stok suap suara subsidi sukarela suluh sumbang sumberdaya survei surya susu
susun susut syarat syariah tabel tabung tagih tahun tambak tamwil tanah tanda tangan tanggung tanggungjawab tani
target tarif tarik tawar teliti tempo tenagakerja tengkulak tenor tenun terima ternak tetap tindak tindaklanjut
tingkat tipu toko tolong transfer transportasi triwulan tugas tunai tunggak tunjuk uang ubah ukur umpan undang undi
unit universitas untung upah usaha utang validasi verifikasi voting voucher wajib wakaf wakil walikota warkat wartawan
warung wenang wilayah wiraswasta wirausaha wisata zakat
`;
