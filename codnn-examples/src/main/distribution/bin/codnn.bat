@echo off
rem Starts the codnn command line.
rem
rem   JAVA_HOME    the Java to run with; that of the PATH unless given
rem   CODNN_OPTS   more options of the Java machine, as in -Xmx4g
rem   CODNN_CACHE  where loaded classes are kept for the next start, with JDK 19 or newer; off for nowhere

setlocal
set "CODNN_JAVA=java"
if defined JAVA_HOME set "CODNN_JAVA=%JAVA_HOME%\bin\java.exe"
if not defined CODNN_CACHE set "CODNN_CACHE=%LOCALAPPDATA%\codnn"
set "CODNN_FLAGS=-XX:+UseSerialGC -Xshare:auto -Xlog:disable -Xlog:all=error:stderr"

set "CODNN_LONG="
for %%C in (compare reproduce fit profile run worker serve adapt) do if "%~1"=="%%C" set "CODNN_LONG=yes"
if not defined CODNN_LONG set "CODNN_FLAGS=%CODNN_FLAGS% -XX:TieredStopAtLevel=1"

if "%CODNN_CACHE%"=="off" goto run
if not exist "%CODNN_CACHE%" mkdir "%CODNN_CACHE%" 2>nul
if not exist "%CODNN_CACHE%" goto run
set CODNN_FLAGS=%CODNN_FLAGS% -XX:+IgnoreUnrecognizedVMOptions -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%CODNN_CACHE%\codnn.jsa"

:run
"%CODNN_JAVA%" %CODNN_FLAGS% %CODNN_OPTS% -jar "%~dp0..\codnn.jar" %*
exit /b %ERRORLEVEL%
