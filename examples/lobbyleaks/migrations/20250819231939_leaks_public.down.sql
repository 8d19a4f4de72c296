DROP TABLE "Leak";
DROP TYPE "LeakStatus";
